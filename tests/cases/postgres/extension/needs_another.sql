CREATE EXTENSION earthdistance;
