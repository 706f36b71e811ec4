SELECT 1 + true;
