REINDEX nothing_here;
