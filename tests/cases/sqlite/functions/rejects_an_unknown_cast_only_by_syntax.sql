SELECT CAST(1 AS whatever (1, 2)), CAST('1' AS);
