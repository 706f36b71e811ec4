SELECT lower('a' ORDER BY 1);
