DROP INDEX post_reactions_by_post;

-- A reaction whose post is gone has no place in the old table, and the trigger would keep it.
ALTER TABLE post_reactions DISABLE TRIGGER reactions_are_permanent;
DELETE FROM post_reactions WHERE post_id IS NULL;
ALTER TABLE post_reactions ENABLE TRIGGER reactions_are_permanent;

ALTER TABLE post_reactions
    DROP CONSTRAINT post_reactions_post_id_fkey,
    ADD CONSTRAINT post_reactions_post_id_fkey FOREIGN KEY (post_id) REFERENCES posts (id) ON DELETE CASCADE,
    ALTER COLUMN post_id SET NOT NULL,
    DROP COLUMN id;
