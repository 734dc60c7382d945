// Why a file or a text cannot be read, and what one that was read leaves open. A text of the core is English there and
// a pattern here (ui/languages/core_text.h).
#include <QtGlobal>

#include "ui/languages/core_patterns.h"

// One text a line, however long: people look for it by its words.
// clang-format off

namespace headroom::ui {
namespace {

constexpr const char* kTexts[] = {
    QT_TRANSLATE_NOOP("core", "It is larger than %1 MiB."),
    QT_TRANSLATE_NOOP("core", "It could not be read to its end."),
    QT_TRANSLATE_NOOP("core", "The file cannot be written: %1."),
    QT_TRANSLATE_NOOP("core", "Nobody reads from this pipe; the file was not written."),
    QT_TRANSLATE_NOOP("core", "This is a folder, not a file."),
    QT_TRANSLATE_NOOP("core", "This is a disk or a socket, not a file; it was left alone."),
    QT_TRANSLATE_NOOP("core", "There is no such file."),
    QT_TRANSLATE_NOOP("core", "The file cannot be opened: %1"),
    QT_TRANSLATE_NOOP("core", "Nobody writes into this pipe."),
    QT_TRANSLATE_NOOP("core", "Nothing came out of it for half a minute."),
    QT_TRANSLATE_NOOP("core", "The file cannot be read: %1"),
    QT_TRANSLATE_NOOP("core", "The JSON nests more than %1 levels deep."),
    QT_TRANSLATE_NOOP("core", "The JSON has more than %1 values."),
    QT_TRANSLATE_NOOP("core", "This is empty; JSON was expected."),
    QT_TRANSLATE_NOOP("core", "This is not text; JSON was expected."),
    QT_TRANSLATE_NOOP("core", "This is not valid JSON: %1"),
    QT_TRANSLATE_NOOP("core", "An object was expected, not %1"),
    QT_TRANSLATE_NOOP("core", "A whole number was expected, not %1"),
    QT_TRANSLATE_NOOP("core", "A number was expected, not %1"),
    QT_TRANSLATE_NOOP("core", "true or false was expected, not %1"),
    QT_TRANSLATE_NOOP("core", "A text in quotes was expected, not %1"),
    QT_TRANSLATE_NOOP("core", "%1 is outside %2 to %3."),
    QT_TRANSLATE_NOOP("core", "'%1' is not a known key."),
    QT_TRANSLATE_NOOP("core", "'%1' is not a known %2."),
    QT_TRANSLATE_NOOP("core", "'%1' is not a known %2. Known are %3."),
    QT_TRANSLATE_NOOP("core", "number format"),
    QT_TRANSLATE_NOOP("core", "weight format"),
    QT_TRANSLATE_NOOP("core", "\"all-linear\", \"attention\" or a list of module names was expected."),
    QT_TRANSLATE_NOOP("core", "\"op\" or a number n, for every n-th layer, was expected."),
    QT_TRANSLATE_NOOP("core", "A list of texts was expected."),
    QT_TRANSLATE_NOOP("core", "Shares are numbers of 0 or more."),
    QT_TRANSLATE_NOOP("core", "A list of shares such as [3, 1] was expected, one of them above 0."),
    QT_TRANSLATE_NOOP("core", "A scenario names its model: \"model\": \"meta-llama/Llama-3.1-8B\" (see `headroom-cli models`)."),
    QT_TRANSLATE_NOOP("core", "This scenario is of version %1; this Headroom reads version %2. A newer Headroom opens it."),
    QT_TRANSLATE_NOOP("core", "This is neither one name nor JSON."),
    QT_TRANSLATE_NOOP("core", "The folder holds an adapter that does not name its model."),
    QT_TRANSLATE_NOOP("core", "The folder holds an adapter alone; open its model, %1."),
    QT_TRANSLATE_NOOP("core", "The folder holds neither a config.json nor a GGUF file."),
    QT_TRANSLATE_NOOP("core", "There is no config.json beside the file; safetensors says nothing of layers and heads. Open its folder's config.json, or put one beside it."),
    QT_TRANSLATE_NOOP("core", "No model in the catalogue is called \"%1\"."),
    QT_TRANSLATE_NOOP("core", "No model in the catalogue is called \"%1\". Near: %2."),
    QT_TRANSLATE_NOOP("core", "Only bare dimensions state a count of parameters."),
    QT_TRANSLATE_NOOP("core", "This is empty; a JSON configuration was expected."),
    QT_TRANSLATE_NOOP("core", "This is not a JSON configuration: the text breaks off or holds a character that JSON does not allow here."),
    QT_TRANSLATE_NOOP("core", "A configuration must be a JSON object, not %1."),
    QT_TRANSLATE_NOOP("core", "This part of a log holds no line of what anything takes."),
    QT_TRANSLATE_NOOP("core", "The list of arguments breaks off: what stood in the rest of it is not known."),
    QT_TRANSLATE_NOOP("core", "The log's lines come from ranks up to number %1: as many tensor ranks are taken."),
    QT_TRANSLATE_NOOP("core", "The file breaks off; what stands there is read."),
    QT_TRANSLATE_NOOP("core", "The command breaks off inside quotes."),
    QT_TRANSLATE_NOOP("core", "What %1 starts is not said; its options are read as those of %2."),
    QT_TRANSLATE_NOOP("core", "The log's model is called %1, which is not known here."),
    QT_TRANSLATE_NOOP("core", "Of %1 layers that the log lists, %2 are on the processor."),
    QT_TRANSLATE_NOOP("core", "LM Studio expected %1 for the model and %2 for its context before it loaded."),
    QT_TRANSLATE_NOOP("core", "The table lists %1 models; the first is taken, and the others do not count into its memory."),
    QT_TRANSLATE_NOOP("core", "The log begins in the midst of its devices' caches; the sum it prints of them is taken."),
    QT_TRANSLATE_NOOP("core", "The log begins in the midst of its devices' weights: %1's are not in it."),
    QT_TRANSLATE_NOOP("core", "The words beside it say what it does not: %1."),
    QT_TRANSLATE_NOOP("core", "The words beside it name what is left: %1."),
    QT_TRANSLATE_NOOP("core", "Release %1 is what the words beside it name."),
    QT_TRANSLATE_NOOP("core", "The words beside it name several releases, and none is taken: %1."),
    QT_TRANSLATE_NOOP("core", "The model is the one that the words beside it name: %1."),
    QT_TRANSLATE_NOOP("core", "The text holds no command; what its words say of the options is taken."),
    QT_TRANSLATE_NOOP("core", "A branch of the script adds arguments; they count as if it were taken."),
    QT_TRANSLATE_NOOP("core", "Before it loaded, llama.cpp expected to use %1 MiB of device memory where %2 MiB were free."),
    QT_TRANSLATE_NOOP("core", "The command names no model."),
    QT_TRANSLATE_NOOP("core", "The model is a variable that the text sets to nothing."),
    QT_TRANSLATE_NOOP("core", "The text starts %1 trainings; the first is taken."),
    QT_TRANSLATE_NOOP("core", "This is a template: what fills in %1 is not told here and left out, and what stands under "
                              "a condition is read as if it held."),
    QT_TRANSLATE_NOOP("core", "Of the page one part is taken: %1."),
    QT_TRANSLATE_NOOP("core", "Of the page one part is taken: %1. The whole says: %2"),
    QT_TRANSLATE_NOOP("core", "Other parts of the page say otherwise and are left: %1."),
    QT_TRANSLATE_NOOP("core", "The text holds another part, which is left: %1."),
    QT_TRANSLATE_NOOP("core", "This is a container's image, no model."),
    QT_TRANSLATE_NOOP("core", "The text also runs %1, which is not read here."),
    QT_TRANSLATE_NOOP("core", "the compute graph of '%1'"),
};

}  // namespace

std::span<const char* const> coreErrors() {
  return kTexts;
}

}  // namespace headroom::ui
