// headroom-cli models: the models that come with Headroom, or those other programs have downloaded.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "app/cli/command.h"
#include "app/cli/list_filter.h"
#include "app/cli/output_options.h"
#include "core/base/json_text.h"
#include "core/open/catalogue.h"
#include "core/open/local_models.h"
#include "core/report/text_table.h"

namespace headroom {
namespace {

std::string json(const std::vector<const CatalogueEntry*>& entries) {
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const CatalogueEntry* e : entries)
    list.push_back({{"id", e->id},
                    {"label", e->label},
                    {"family", e->family},
                    {"aliases", e->aliases},
                    {"parameters", e->parameters.value()},
                    {"source", e->source}});
  return jsonText(list, 2) + "\n";
}

// A user's own entry need not state a number.
std::string published(const CatalogueEntry& e, ReportFormat format) {
  if (e.parameters == Parameters(0)) return {};
  return format == ReportFormat::csv ? std::to_string(e.parameters.value()) : formatCount(e.parameters.value());
}

std::string table(const std::vector<const CatalogueEntry*>& entries, ReportFormat format) {
  TextTable t;
  for (const char* header : {"id", "label", "family"}) t.column(header, TextTable::Align::left);
  t.column("parameters");
  for (const CatalogueEntry* e : entries) t.row({e->id, e->label, e->family, published(*e, format)});
  return t.text(format);
}

class ModelsCommand : public Command {
 public:
  std::string_view name() const override { return "models"; }
  std::string_view summary() const override {
    return "The models that come with Headroom and your own; --check recounts their parameters.";
  }
  std::string_view examples() const override {
    return "headroom-cli models llama\nheadroom-cli models --format json\nheadroom-cli models --check\nheadroom-cli "
           "models --local";
  }

  void addOptions(Options& options) override {
    options.arguments("TEXT", words_,
                      "only models whose id, label, family or another name holds every one of these words");
    options.flag("check", check_, "count every model's parameters anew and compare with the published number");
    options.flag("local", local_, "models on this machine: the Hugging Face cache, Ollama, LM Studio, llama.cpp");
    output_.add(options);
  }

  Result<int> run(Streams& streams) override {
    if (local_) return listLocal(streams);
    std::vector<const CatalogueEntry*> entries;
    for (const CatalogueEntry& e : modelCatalogue())
      if (holdsAll(words_, {e.id, e.label, e.family}, e.aliases)) entries.push_back(&e);
    if (check_) return check(entries, streams);
    streams.out << (output_.format() == ReportFormat::json ? json(entries) : table(entries, output_.format()));
    return kDone;
  }

 private:
  static int check(const std::vector<const CatalogueEntry*>& entries, Streams& streams) {
    std::size_t wrong = 0;
    for (const CatalogueEntry* e : entries) {
      const auto model = catalogueModel(e->id);
      if (model && (e->parameters == Parameters(0) || (*model)->parameters == e->parameters)) continue;
      ++wrong;
      streams.out << (model ? fmt::format("{}: counted {}, published {}\n", e->id,
                                          formatCount((*model)->parameters.value()), formatCount(e->parameters.value()))
                            : fmt::format("{}: {}\n", e->id, model.error().text()));
    }
    streams.out << fmt::format("{} of {} models count to the unit.\n", entries.size() - wrong, entries.size());
    return wrong == 0 ? kDone : kDoesNotFit;
  }

  int listLocal(Streams& streams) const {
    const bool asJson = output_.format() == ReportFormat::json;
    nlohmann::ordered_json list = nlohmann::ordered_json::array();
    TextTable t;
    for (const char* header : {"model", "store"}) t.column(header, TextTable::Align::left);
    t.column(output_.format() == ReportFormat::csv ? "bytes" : unitName(output_.unit()));
    t.column("path", TextTable::Align::left);
    for (const LocalModel& m : localModels(localFoldersFromEnvironment())) {
      if (!holdsAll(words_, {m.name, nameOf(m.store)})) continue;
      list.push_back({{"name", m.name}, {"store", nameOf(m.store)}, {"bytes", m.size.value()}, {"path", m.path}});
      t.row({m.name, std::string(nameOf(m.store)),
             output_.format() == ReportFormat::csv ? std::to_string(m.size.value()) : formatIn(m.size, output_.unit()),
             m.path});
    }
    if (asJson)
      streams.out << jsonText(list, 2) << '\n';
    else
      streams.out << t.text(output_.format());
    return kDone;
  }

  std::vector<std::string> words_;
  bool local_ = false;
  bool check_ = false;
  OutputOptions output_;
};

}  // namespace

std::unique_ptr<Command> makeModelsCommand() {
  return std::make_unique<ModelsCommand>();
}

}  // namespace headroom
