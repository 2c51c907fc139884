//! Every scenario of the simulator on the compiled core, once through each transport and the plugin's PHP for it.
//!
//! Needs PHP (command line) with FFI, which `cargo verify` sees to.

mod transports;

use transports::Transport;

macro_rules! through {
    ($($name:ident,)*) => {
        through!(process: $($name,)*);
        through!(ffi: $($name,)*);
        through!(socket: $($name,)*);
    };
    ($transport:ident: $($name:ident,)*) => {
        mod $transport {
            $(
                #[test]
                fn $name() {
                    simulator::scenarios::$name(&mut super::Transport::$transport());
                }
            )*
        }
    };
}

simulator::each_scenario!(through);
