CREATE TABLE größe (länge INTEGER);
SELECT '🦀🦀🦀', 'é', breite FROM größe;
