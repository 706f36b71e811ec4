SELECT json_extract('{}', '$.a'), '{}' -> '$.a', '{}' ->> 'a', json_object('a', 1), jsonb('[]'), strftime('%Y', 'now'), timediff('now', 'now');
