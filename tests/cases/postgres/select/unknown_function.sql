SELECT lenght('a');
