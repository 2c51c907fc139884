//! What the figures need of the world: a page view, counted.

pub mod page_view;
