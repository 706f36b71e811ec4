-- A reaction outlives its post: it gets a key of its own, and loses its post instead of going with it. The trigger
-- forbids DELETE alone: losing the post is an UPDATE.
ALTER TABLE post_reactions ADD COLUMN id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY;

ALTER TABLE post_reactions
    ALTER COLUMN post_id DROP NOT NULL,
    DROP CONSTRAINT post_reactions_post_id_fkey,
    ADD CONSTRAINT post_reactions_post_id_fkey FOREIGN KEY (post_id) REFERENCES posts (id) ON DELETE SET NULL;

CREATE INDEX post_reactions_by_post ON post_reactions (post_id) WHERE post_id IS NOT NULL;
