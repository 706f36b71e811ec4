SELECT '2024-01-01'::date::int;
