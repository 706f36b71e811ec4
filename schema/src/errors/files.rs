//! Directories, file names, configuration, directives.
