SELECT max(1, 2, 3), coalesce(1, 2, 3, 4), printf('%d', 1), char(65, 66), concat('a', 1), concat_ws(',', 1, 2), iif(1, 2), unixepoch('now', 'utc');
