CREATE TABLE tales (id integer, title text);
INSERT INTO tales VALUES (1, 'Rapunzel'), (NULL, 'Rumpelstiltskin');
ALTER TABLE tales ADD PRIMARY KEY (id);
