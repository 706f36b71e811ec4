-- 0016 has not run, or has been reverted: `stories` still has all of this.
DELETE FROM generations WHERE generation_id LIKE 'story-%';
