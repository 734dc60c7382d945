// $((max_prompt_length + max_response_length)): what a shell would work out.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace headroom {

// The whole number that the text between the brackets comes to; nothing where a name has none or the text is no sum
// of names, numbers, + - * / % and brackets. `valueOf` gives a variable's text.
std::optional<std::string> shellArithmetic(std::string_view text,
                                           const std::function<std::string(std::string_view)>& valueOf);

}  // namespace headroom
