SELECT nothing FROM json_each('[]');
