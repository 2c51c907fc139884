//! A `WordPress` site, its visitors and an `OpenID` Provider in memory, to drive the core through whole stories.
