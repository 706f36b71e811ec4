-- The community: posts about stories, and reactions to them, which are permanent.
CREATE TABLE posts (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id    bigint NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    story_id   bigint REFERENCES tales.stories (id) ON DELETE SET NULL,
    body       text NOT NULL,
    tags       text[] NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX posts_by_user ON posts (user_id);
CREATE INDEX posts_by_story ON posts (story_id);

CREATE TYPE reaction AS ENUM ('love', 'laugh', 'wonder', 'cry');

-- Two mistakes that 0017 repairs: a reaction has no key, and it goes with its post, which the trigger forbids, so that
-- no post that somebody reacted to can be deleted.
CREATE TABLE post_reactions (
    post_id       bigint NOT NULL REFERENCES posts (id) ON DELETE CASCADE,
    user_id       bigint NOT NULL REFERENCES users (id),
    reaction_type reaction NOT NULL,
    created_at    timestamptz NOT NULL DEFAULT now()
);

CREATE FUNCTION reactions_are_permanent() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'reactions are permanent';
END
$$;

CREATE TRIGGER reactions_are_permanent BEFORE DELETE ON post_reactions
    FOR EACH ROW EXECUTE FUNCTION reactions_are_permanent();
