CREATE VIEW v AS SELECT 1 + 1 -- nothing follows
;
CREATE VIEW w AS SELECT 1 + 1 /* followed */, 2 /* not followed */;
SELECT "1 + 1" FROM v;
SELECT "1 + 1 /* followed */", "2" FROM w;
