SELECT coalesce(1);
