//! With state: the proxy that a library brings ready-made, for what a matcher with conditions names.

use handler_library::GateConfig;

bff::app!(state = GateConfig, dir = "apps/gated/app");
