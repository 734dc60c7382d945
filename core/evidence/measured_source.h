// Which measured runs come from one hand.
#pragma once

#include <string>
#include <string_view>

namespace headroom {

// The source an address belongs to, "github.com/meta-pytorch/torchtune/docs/source/tutorials": host and path without
// scheme, query and fragment. Of a file in a repository the commit and the file's own name are left out, so that one
// table in two states, or the results of one series of runs, are one source. Rows whose address is unknown share one.
std::string sourceOf(std::string_view address);

}  // namespace headroom
