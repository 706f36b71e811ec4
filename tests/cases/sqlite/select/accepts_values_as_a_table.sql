SELECT column1, column2 FROM (VALUES (1, 2), (3, 4)) WHERE column1 > 1;
