DROP TABLE fairy_tale_usage_stats;
DROP TABLE fairy_tales;
