CREATE TABLE t (
  a VARCHAR ( 255 ),
  b  unsigned   BIG int,
  c DECIMAL(10, -2),
  d "quoted type",
  e [bracket type] (1),
  f,
  g TIMESTAMP WITH TIME ZONE DEFAULT 0,
  h LONG VARCHAR NOT NULL
);
