DROP TABLE tales.fairy_tale_usage_stats;
DROP TABLE tales.fairy_tales;
