CREATE TABLE "a""b" ("c""d", `e``f`);
SELECT [c"d], "e`f" FROM `a"b`;
