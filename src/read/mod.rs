//! File → grids.
