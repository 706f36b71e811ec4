CREATE VIRTUAL TABLE f USING fts5 ( "a b" , c, tokenize = "unicode61 remove_diacritics 0" );
