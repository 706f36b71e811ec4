CREATE TABLE t (
  a DEFAULT 1,
  b DEFAULT -1,
  c DEFAULT +1.50,
  d DEFAULT 'it''s',
  e DEFAULT (1 + 2),
  f DEFAULT ( lower( 'A' ) ),
  g DEFAULT CURRENT_TIMESTAMP,
  h DEFAULT NULL,
  i DEFAULT true,
  j DEFAULT x'00ff',
  k DEFAULT word,
  l DEFAULT 0x10,
  m DEFAULT 1_000
);
