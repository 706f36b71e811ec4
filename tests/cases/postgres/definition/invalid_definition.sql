CREATE TABLE stories (id bigint PRIMARY KEY);
CREATE POLICY readers ON stories FOR INSERT USING (true);
