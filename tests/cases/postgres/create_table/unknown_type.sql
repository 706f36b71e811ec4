CREATE TABLE stories (id bigint PRIMARY KEY, state story_state);
