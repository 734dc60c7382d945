// What a device's alignment adds to a tensor: quantized rows are filled up to 512 elements once, and the tensor to 128
// bytes. Internal to the llama.cpp replay.
#pragma once

#include "core/estimate/factor.h"

namespace headroom::llama {

// Bytes added behind the last row of a tensor whose quantized rows are not filled.
std::int64_t rowPadding(NumberFormat format, std::int64_t columns);

// Bytes added to a tensor of `rows` rows. By remainders, so that no size overflows.
std::int64_t alignmentOf(NumberFormat format, std::int64_t columns, std::int64_t rows);
Factor alignmentOf(FactorTree& tree, NumberFormat format, const Factor& columns, const Factor& rows);

// Bytes of `rows` rows of whole blocks.
Factor rowBytes(FactorTree& tree, std::string_view symbol, NumberFormat format, const Factor& columns);

// Filled up to a multiple.
Factor filledUp(FactorTree& tree, std::string_view symbol, const Factor& value, std::int64_t multiple,
                std::string_view why);

}  // namespace headroom::llama
