//! Every story of the simulator on the compiled core, once through each carrier and the plugin's PHP for it.
//!
//! Needs PHP (command line) with FFI, which `cargo verify` sees to.

mod carriers;

use carriers::Carrier;

macro_rules! through {
    ($($name:ident,)*) => {
        through!(process: $($name,)*);
        through!(ffi: $($name,)*);
        through!(socket: $($name,)*);
    };
    ($carrier:ident: $($name:ident,)*) => {
        mod $carrier {
            $(
                #[test]
                fn $name() {
                    simulator::scenarios::$name(&mut super::Carrier::$carrier());
                }
            )*
        }
    };
}

simulator::each_scenario!(through);
