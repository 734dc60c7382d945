#include "core/report/inspect_report.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "core/base/json_text.h"
#include "core/base/printable.h"
#include "core/estimate/kv_cache.h"
#include "core/model/gguf_mix.h"
#include "core/model/weight_bytes.h"

namespace headroom {
namespace {

using nlohmann::ordered_json;

std::int64_t cacheBytes(const Model& model, const LayerKind& kind) {
  const KvFormats formats{model.dtype, model.dtype};
  return growsWithContext(kind.attention) ? toBytes(kvBytesPerToken(kind.attention, formats, 1)).value() : 0;
}

// Bytes of keys and values of a token while it is inside a window; 0 for layers whose cache grows with the context.
std::int64_t windowBytes(const Model& model, const LayerKind& kind) {
  const KvFormats formats{model.dtype, model.dtype};
  return growsWithContext(kind.attention) ? 0 : toBytes(kvBytesPerToken(kind.attention, formats, 1)).value();
}

ordered_json layerJson(const Model& model, const LayerKind& kind) {
  ordered_json layer{{"kind", kind.label},
                     {"count", kind.count},
                     {"parameters", kind.parameters()},
                     {"kv_bytes_per_token", cacheBytes(model, kind)},
                     {"window", nullptr}};
  const AttentionSpec& a = kind.attention;
  if (a.window > 0) {
    layer["window"] = a.window;
    layer["kv_bytes_per_window_token"] = windowBytes(model, kind);
  }
  if (a.kind != AttentionKind::none) {
    layer["heads"] = a.heads;
    layer["kv_heads"] = a.kvHeads;
    layer["head_dim"] = a.headDim;
    if (!a.ownsCache) layer["shares_cache"] = true;
  }
  if (kind.state.kind != StateKind::none)
    layer["state_elements_per_sequence"] =
        kind.state.stateElements + kind.state.convChannels * std::max<std::int64_t>(0, kind.state.convKernel - 1);
  if (kind.mlp.kind != MlpKind::none) {
    layer["intermediate"] = kind.mlp.kind == MlpKind::experts ? kind.mlp.expertIntermediate : kind.mlp.intermediate;
    if (kind.mlp.kind == MlpKind::experts) {
      layer["experts"] = kind.mlp.experts;
      layer["experts_per_token"] = kind.mlp.expertsPerToken;
    }
  }
  return layer;
}

Bytes storedBytes(const Model& model, const WeightFormat& format, bool latentHalves) {
  const auto* type = std::get_if<GgufFileType>(&format);
  return type != nullptr ? ggufTensorBytes(model, *type, latentHalves) : weightBytes(model, format);
}

// What was assumed: the model's own notes, and the format of weights that neither configuration nor files state.
std::vector<std::string> notesOf(const Model& model) {
  std::vector<std::string> notes = model.notes;
  if (!model.config.empty() && !model.dtypeStated && !model.quantization && !model.storedBytes)
    notes.push_back(fmt::format("The configuration states no dtype: {} is taken for its weights; files may hold fp32.",
                                info(model.dtype).id));
  return notes;
}

// What is not known comes first.
std::vector<std::string> diagnosticsOf(const Model& model) {
  std::vector<std::string> all = model.doubts;
  const std::vector<std::string> notes = notesOf(model);
  all.insert(all.end(), notes.begin(), notes.end());
  return all;
}

struct Row {
  std::vector<std::string> cells;
};

std::string padded(const std::string& text, std::size_t width, bool left) {
  return left ? fmt::format("{:<{}}", text, width) : fmt::format("{:>{}}", text, width);
}

std::string aligned(const std::vector<Row>& rows, ReportFormat report) {
  const bool markdown = report == ReportFormat::markdown, csv = report == ReportFormat::csv,
             latex = report == ReportFormat::latex;
  std::vector<std::size_t> widths(rows.front().cells.size());
  for (const Row& r : rows)
    for (std::size_t i = 0; i < r.cells.size(); ++i) widths[i] = std::max(widths[i], r.cells[i].size());
  std::string text;
  for (std::size_t n = 0; n < rows.size(); ++n) {
    std::string line = markdown ? "| " : "";
    for (std::size_t i = 0; i < widths.size(); ++i) {
      std::string cell = rows[n].cells[i];
      if (csv && cell.find(',') != std::string::npos) cell = "\"" + cell + "\"";
      line += csv ? cell : padded(cell, widths[i], i == 0);
      if (i + 1 < widths.size()) line += csv ? "," : markdown ? " | " : latex ? " & " : "  ";
    }
    text += line + (markdown ? " |\n" : latex ? " \\\\\n" : "\n");
    if (markdown && n == 0) {
      text += "|";
      for (std::size_t i = 0; i < widths.size(); ++i) text += i == 0 ? " --- |" : " ---: |";
      text += "\n";
    }
  }
  return text;
}

}  // namespace

std::string inspectJson(const Model& model, const WeightFormat& format, int indent, bool latentHalves) {
  ordered_json groups = ordered_json::object();
  for (std::size_t g = 0; g < kGroupCount; ++g)
    groups[std::string(nameOf(static_cast<Group>(g)))] = model.groups[g].value();
  ordered_json layers = ordered_json::array();
  for (const LayerKind& kind : model.kinds) layers.push_back(layerJson(model, kind));
  const ordered_json out{{"id", model.id},
                         {"family", model.family},
                         {"parameters", model.parameters.value()},
                         {"active_parameters", model.activeParameters.value()},
                         {"next_token_parameters", model.nextTokenParameters.value()},
                         {"groups", groups},
                         {"weight_format", idOf(format)},
                         {"weight_bytes", storedBytes(model, format, latentHalves).value()},
                         {"dtype", std::string(info(model.dtype).id)},
                         {"hidden", model.hidden},
                         {"vocabulary", model.vocabulary},
                         {"max_context", model.maxContext},
                         {"tied_head", model.tiedHead},
                         {"layers", layers},
                         {"source", model.source},
                         {"diagnostics", diagnosticsOf(model)}};
  return jsonText(out, indent);
}

std::string inspectTable(const Model& model, const WeightFormat& format, ReportFormat report, ByteUnit unit,
                         bool latentHalves) {
  if (report == ReportFormat::json) return inspectJson(model, format, 2, latentHalves);
  std::vector<Row> groups{{{"group", "parameters", "share"}}};
  for (std::size_t g = 0; g < kGroupCount; ++g) {
    const Parameters n = model.groups[g];
    if (n.value() == 0) continue;
    const double share = 100.0 * static_cast<double>(n.value()) /
                         static_cast<double>(std::max<std::int64_t>(1, model.parameters.value()));
    groups.push_back(
        {{std::string(nameOf(static_cast<Group>(g))), formatCount(n.value()), fmt::format("{:.1f} %", share)}});
  }
  groups.push_back({{"total", formatCount(model.parameters.value()), "100.0 %"}});
  std::vector<Row> layers{{{"layers", "count", "parameters each", "KV bytes per token"}}};
  for (const LayerKind& kind : model.kinds)
    layers.push_back({{printable(kind.label), formatCount(kind.count), formatCount(kind.parameters()),
                       formatCount(cacheBytes(model, kind))}});
  if (report == ReportFormat::csv || report == ReportFormat::latex)
    return aligned(groups, report) + "\n" + aligned(layers, report);

  std::string text = fmt::format("{} ({})\n{} parameters, {} active, {} in {}\n\n",
                                 printable(model.label.empty() ? model.id : model.label),
                                 printable(model.family.empty() ? "decoder" : model.family),
                                 formatCount(model.parameters.value()), formatCount(model.activeParameters.value()),
                                 formatBytes(storedBytes(model, format, latentHalves), unit), idOf(format));
  text += aligned(groups, report) + "\n" + aligned(layers, report);
  for (const std::string& doubt : model.doubts) text += "warning: " + printable(doubt) + "\n";
  for (const std::string& note : notesOf(model)) text += "note: " + printable(note) + "\n";
  return text;
}

}  // namespace headroom
