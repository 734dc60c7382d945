#include "core/evidence/left_out.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <set>

#include "core/evidence/measured_source.h"
#include "core/open/scenario_json.h"

namespace headroom {
namespace {

struct Run {
  Scenario scenario;
  std::string group;
  std::size_t source = 0;
};

struct Figure {
  std::size_t run = 0;
  const MeasuredRun* row = nullptr;
  const MeasuredFigure* measured = nullptr;
};

struct Fit {
  ConstantId id{};
  std::vector<std::size_t> figures;  // that respond, in the order of their runs
  std::set<std::size_t> sources;
};

bool selects(const RowSelector& s, const std::string& group, const std::string& run, const MeasuredFigure& f) {
  return s.engine == group && s.figure == f.name && s.qualities.find(f.quality) != std::string::npos &&
         (s.ids.empty() || std::ranges::find(s.ids, run) != s.ids.end());
}

class Study {
 public:
  explicit Study(std::span<const MeasuredRun> rows) {
    for (const MeasuredRun& row : rows) {
      Result<Scenario> scenario = readScenario(row.scenario, row.id);
      if (!scenario) continue;
      const std::size_t source = sources_.try_emplace(sourceOf(row.source), sources_.size()).first->second;
      std::string group = validationGroup(*scenario);
      runs_.push_back({std::move(*scenario), std::move(group), source});
      for (const MeasuredFigure& f : row.figures)
        if (f.value > 0) figures_.push_back({runs_.size() - 1, &row, &f});
    }
    set_ = bundledConstants();
    for (const ConstantEntry& entry : constantEntries())
      if (entry.fit == ConstantFit::error && !entry.rows.empty())
        fits_[static_cast<std::size_t>(entry.id)] = fitOf(entry);
  }

  CrossValidation run(const ValidationFilter& filter) {
    CrossValidation out;
    std::vector<PredictionError> errors;
    std::array<std::vector<double>, kConstantCount> without;
    for (std::size_t source = 0; source < sources_.size(); ++source) {
      const std::vector<std::size_t> asked = figuresOf(source, filter);
      if (asked.empty()) continue;
      refit(source);
      for (const Fit& fit : fits_)
        if (fit.sources.contains(source)) without[static_cast<std::size_t>(fit.id)].push_back(set_[fit.id]);
      predict(asked, errors);
    }
    out.summaries = summarizeAll(errors);
    errors.clear();
    refit(kNone);
    for (std::size_t source = 0; source < sources_.size(); ++source) predict(figuresOf(source, filter), errors);
    out.refitted = summarizeAll(errors);
    set_ = bundledConstants();
    for (const Fit& fit : fits_)
      if (std::ranges::any_of(fit.figures, [&](std::size_t f) { return isOf(f, filter); }))
        out.constants.push_back(describe(fit, without[static_cast<std::size_t>(fit.id)]));
    return out;
  }

  std::vector<PredictionError> errorsWithout(std::string_view source, const ValidationFilter& filter) {
    std::vector<PredictionError> errors;
    const auto found = sources_.find(source);
    if (found == sources_.end()) return errors;
    refit(found->second);
    predict(figuresOf(found->second, filter), errors);
    return errors;
  }

 private:
  bool isOf(std::size_t figure, const ValidationFilter& filter) const {
    const Figure& f = figures_[figure];
    return (filter.group.empty() || filter.group == runs_[f.run].group) &&
           (filter.figure.empty() || filter.figure == f.measured->name);
  }

  std::vector<std::size_t> figuresOf(std::size_t source, const ValidationFilter& filter) const {
    std::vector<std::size_t> out;
    for (std::size_t i = 0; i < figures_.size(); ++i)
      if (runs_[figures_[i].run].source == source && isOf(i, filter) &&
          filter.qualities.find(figures_[i].measured->quality) != std::string::npos)
        out.push_back(i);
    return out;
  }

  // Calls use(figure, prediction) for each of the figures that has one, with the constants of set_.
  template <typename Use>
  void forEach(const std::vector<std::size_t>& figures, std::size_t without, Use use) {
    const ConstantsOverride override(set_);
    std::size_t estimated = runs_.size();
    for (std::size_t i : figures) {
      const Figure& f = figures_[i];
      if (runs_[f.run].source == without) continue;
      if (estimated != f.run) estimateInto(runs_[f.run].scenario, estimate_), estimated = f.run;
      if (const auto p = predictedFigure(runs_[f.run].scenario, estimate_, *f.measured)) use(i, *p);
    }
  }

  Fit fitOf(const ConstantEntry& entry) {
    Fit fit;
    fit.id = entry.id;
    std::vector<std::size_t> selected;
    for (std::size_t i = 0; i < figures_.size(); ++i)
      if (std::ranges::any_of(entry.rows, [&](const RowSelector& s) {
            return selects(s, runs_[figures_[i].run].group, figures_[i].row->id, *figures_[i].measured);
          }))
        selected.push_back(i);
    std::map<std::size_t, double> before;
    forEach(selected, kNone, [&](std::size_t i, const PredictedFigure& p) { before[i] = p.value; });
    for (const double factor : {0.5, 1.5}) {
      set_.set(entry.id, factor * entry.value);
      forEach(selected, kNone, [&](std::size_t i, const PredictedFigure& p) {
        if (std::abs(p.value - before[i]) > kResponds * before[i])
          fit.sources.insert(runs_[figures_[i].run].source), fit.figures.push_back(i);
      });
    }
    set_.set(entry.id, entry.value);
    std::ranges::sort(fit.figures);
    // Not std::ranges::unique: clang 14 cannot read libstdc++ 12's.
    fit.figures.erase(std::unique(fit.figures.begin(), fit.figures.end()), fit.figures.end());
    return fit;
  }

  // Mean absolute relative error of the constant's figures with this value, those of one source left out.
  double errorWith(const Fit& fit, double value, std::size_t without) {
    const double before = set_[fit.id];
    set_.set(fit.id, value);
    double sum = 0;
    std::size_t count = 0;
    forEach(fit.figures, without, [&](std::size_t i, const PredictedFigure& p) {
      sum += std::abs(p.value / figures_[i].measured->value - 1), ++count;
    });
    set_.set(fit.id, before);
    return count > 0 ? sum / static_cast<double>(count) : 0;
  }

  // The value with the smallest error, between nothing and three times what is in force: a grid, then golden sections.
  double bestValue(const Fit& fit, std::size_t without) {
    constexpr int kSteps = 12, kSections = 18;
    constexpr double kGolden = 0.6180339887498949;
    const double step = 3 * bundledConstants()[fit.id] / kSteps;
    double best = std::numeric_limits<double>::infinity();
    int at = 0;
    for (int i = 0; i <= kSteps; ++i)
      if (const double e = errorWith(fit, i * step, without); e < best) best = e, at = i;
    double low = std::max(0, at - 1) * step, high = std::min(kSteps, at + 1) * step;
    double left = high - kGolden * (high - low), right = low + kGolden * (high - low);
    double leftError = errorWith(fit, left, without), rightError = errorWith(fit, right, without);
    for (int i = 0; i < kSections; ++i) {
      if (leftError <= rightError) {
        high = right, right = left, rightError = leftError;
        left = high - kGolden * (high - low), leftError = errorWith(fit, left, without);
      } else {
        low = left, left = right, leftError = rightError;
        right = low + kGolden * (high - low), rightError = errorWith(fit, right, without);
      }
    }
    return (low + high) / 2;
  }

  bool hasOthers(const Fit& fit, std::size_t source) const {
    return std::ranges::any_of(fit.sources, [source](std::size_t s) { return s != source; });
  }

  // What an entry takes where its own rows are gone.
  double otherwiseOf(ConstantId id, std::size_t source) const {
    for (;;) {
      const ConstantEntry& entry = constantEntries()[static_cast<std::size_t>(id)];
      if (entry.otherwise == ConstantId::none) return entry.otherwiseValue;
      id = entry.otherwise;
      const Fit& fit = fits_[static_cast<std::size_t>(id)];
      if (!fit.sources.contains(source) || hasOthers(fit, source)) return set_[id];
    }
  }

  // Leaves set_ with every constant that the source's figures respond to as the other sources have it; of no source
  // (kNone) with every constant as all of them have it.
  void refit(std::size_t source) {
    set_ = bundledConstants();
    std::vector<const Fit*> own, lost;
    for (const Fit& fit : fits_)
      if (source == kNone ? !fit.figures.empty() : fit.sources.contains(source))
        (hasOthers(fit, source) ? own : lost).push_back(&fit);
    for (int pass = 0; pass < kPasses; ++pass) {
      for (const Fit* fit : lost) set_.set(fit->id, otherwiseOf(fit->id, source));
      for (const Fit* fit : own) set_.set(fit->id, bestValue(*fit, source));
    }
    for (const Fit* fit : lost) set_.set(fit->id, otherwiseOf(fit->id, source));
  }

  void predict(const std::vector<std::size_t>& figures, std::vector<PredictionError>& errors) {
    forEach(figures, kNone, [&](std::size_t i, const PredictedFigure& p) {
      const Figure& f = figures_[i];
      errors.push_back(errorOf(f.row->id, f.run, runs_[f.run].group, *f.measured, p));
    });
  }

  FittedConstant describe(const Fit& fit, const std::vector<double>& without) {
    FittedConstant out;
    out.id = fit.id;
    out.figures = fit.figures.size();
    out.sources = fit.sources.size();
    out.value = set_[fit.id];
    out.best = bestValue(fit, kNone);
    out.error = errorWith(fit, out.value, kNone);
    out.bestError = errorWith(fit, out.best, kNone);
    out.lowestWithout = without.empty() ? out.value : *std::ranges::min_element(without);
    out.highestWithout = without.empty() ? out.value : *std::ranges::max_element(without);
    return out;
  }

  static constexpr std::size_t kNone = std::numeric_limits<std::size_t>::max();
  static constexpr int kPasses = 2;
  static constexpr double kResponds = 1e-9;

  std::vector<Run> runs_;
  std::vector<Figure> figures_;
  std::array<Fit, kConstantCount> fits_;
  std::map<std::string, std::size_t, std::less<>> sources_;
  ConstantSet set_;
  Estimate estimate_;
};

}  // namespace

CrossValidation leaveOneSourceOut(std::span<const MeasuredRun> runs, const ValidationFilter& filter) {
  return Study(runs).run(filter);
}

std::vector<PredictionError> leftOutErrors(std::span<const MeasuredRun> runs, const ValidationFilter& filter,
                                           std::string_view source) {
  return Study(runs).errorsWithout(source, filter);
}

}  // namespace headroom
