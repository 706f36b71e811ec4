SELECT * FROM json_each('[]', '$', 1);
