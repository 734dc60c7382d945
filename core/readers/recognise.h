// The one reader behind every door: whatever people paste, drop, open or name. It says what it took it for.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/readers/reading.h"

namespace headroom {

// What a text is: a launch command in any form, a Modelfile, a log, a recipe, a script, a scenario, a configuration, a
// model's id or address, a path. `where` names it in errors; relative paths start at `folder`; `reply`: which of
// several servers is wanted, from 1. Opens files the text names as a model only to see that they are there; asks no
// network. Errors: nothing that is known, with what would be; what is recognised but has no account here.
Result<Reading> recognise(std::string_view text, std::string_view where, const std::string& folder = {});

// The same for what an argument names: a file or folder that exists, else the argument as a text. Files may be
// compressed (gzip) or UTF-16; of a log beyond kMaxTextFile the first part is read, which a remark says. `text`: what
// was read of a file of text, for whoever needs it beside its meaning.
Result<Reading> recogniseInput(const std::string& argument, std::string* text = nullptr);

}  // namespace headroom
