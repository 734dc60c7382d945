// headroom._headroom: the library's values and functions for Python. What people use is the package around it.
#include <headroom/headroom.h>
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace py = pybind11;
using namespace headroom::api;

namespace {

// The value, or the failure as HeadroomError(message, code, where).
template <typename T>
T orRaise(Result<T> result) {
  if (result) return result.value();
  const Failure& f = result.failure();
  const py::object error = py::module_::import("headroom._headroom").attr("HeadroomError");
  const std::string text = f.where.empty() ? f.message : f.where + ": " + f.message;
  const py::object raised = error(text);
  raised.attr("code") = f.code;
  raised.attr("where") = f.where;
  PyErr_SetObject(error.ptr(), raised.ptr());
  throw py::error_already_set();
}

}  // namespace

PYBIND11_MODULE(_headroom, m) {
  m.attr("__version__") = version();
  // Owned by the module; Python's garbage collector never sees it go.
  m.attr("HeadroomError") = py::reinterpret_steal<py::object>(PyErr_NewExceptionWithDoc(
      "headroom.HeadroomError", "Why there is no answer: .code, .where and the message.", PyExc_ValueError, nullptr));

  py::class_<Scenario>(m, "Scenario")
      .def_static(
          "read",
          [](const std::string& json, const std::string& folder) { return orRaise(Scenario::read(json, folder)); },
          py::arg("json"), py::arg("folder") = "")
      .def_static(
          "read_file", [](const std::string& path) { return orRaise(Scenario::readFile(path)); }, py::arg("path"))
      .def_static(
          "recognise",
          [](const std::string& text, const std::string& folder, const std::string& model) {
            return orRaise(Scenario::recognise(text, folder, model));
          },
          py::arg("text"), py::arg("folder") = "", py::arg("model") = "")
      .def(
          "_with",
          [](const Scenario& s, const std::string& key, const std::string& json) { return orRaise(s.with(key, json)); },
          py::arg("key"), py::arg("json"))
      .def("write", &Scenario::write)
      .def_property_readonly("model_id", &Scenario::modelId)
      .def_property_readonly("notes", &Scenario::notes);

  py::class_<Component>(m, "Component")
      .def_readonly("id", &Component::id)
      .def_readonly("label", &Component::label)
      .def_readonly("bytes", &Component::bytes)
      .def_readonly("low", &Component::low)
      .def_readonly("high", &Component::high);
  py::class_<Rank>(m, "Rank")
      .def_readonly("label", &Rank::label)
      .def_readonly("stage", &Rank::stage)
      .def_readonly("devices", &Rank::devices)
      .def_readonly("accelerator", &Rank::accelerator)
      .def_readonly("components", &Rank::components)
      .def_readonly("total", &Rank::total)
      .def_readonly("low", &Rank::low)
      .def_readonly("high", &Rank::high)
      .def_readonly("usable", &Rank::usable)
      .def_readonly("peak_moment", &Rank::peakMoment);
  py::class_<Diagnostic>(m, "Diagnostic")
      .def_readonly("code", &Diagnostic::code)
      .def_readonly("severity", &Diagnostic::severity)
      .def_readonly("message", &Diagnostic::message)
      .def_readonly("key", &Diagnostic::key);
  py::class_<Estimate>(m, "Estimate")
      .def_readonly("verdict", &Estimate::verdict)
      .def_readonly("sentence", &Estimate::sentence)
      .def_readonly("ranks", &Estimate::ranks)
      .def_readonly("host", &Estimate::host)
      .def_readonly("unmodelled", &Estimate::unmodelled)
      .def_readonly("refused", &Estimate::refused)
      .def_readonly("diagnostics", &Estimate::diagnostics)
      .def_readonly("parameters", &Estimate::parameters)
      .def_readonly("active_parameters", &Estimate::activeParameters)
      .def_readonly("trainable_parameters", &Estimate::trainableParameters)
      .def_readonly("weight_bytes", &Estimate::weightBytes)
      .def_readonly("kv_bytes_per_token", &Estimate::kvBytesPerToken)
      .def_readonly("pool_tokens", &Estimate::poolTokens)
      .def_readonly("pool_concurrency", &Estimate::poolConcurrency);
  py::class_<Limits>(m, "Limits")
      .def_readonly("batch", &Limits::batch)
      .def_readonly("context", &Limits::context)
      .def_readonly("rank", &Limits::rank)
      .def_readonly("sequences", &Limits::sequences);
  py::class_<ModelEntry>(m, "ModelEntry")
      .def_readonly("id", &ModelEntry::id)
      .def_readonly("label", &ModelEntry::label)
      .def_readonly("family", &ModelEntry::family)
      .def_readonly("parameters", &ModelEntry::parameters)
      .def_readonly("source", &ModelEntry::source);
  py::class_<AcceleratorEntry>(m, "AcceleratorEntry")
      .def_readonly("id", &AcceleratorEntry::id)
      .def_readonly("name", &AcceleratorEntry::name)
      .def_readonly("vendor", &AcceleratorEntry::vendor)
      .def_readonly("year", &AcceleratorEntry::year)
      .def_readonly("capacity_bytes", &AcceleratorEntry::capacityBytes)
      .def_readonly("assumed", &AcceleratorEntry::assumed)
      .def_readonly("bandwidth_gbs", &AcceleratorEntry::bandwidthGBs)
      .def_readonly("tdp_watts", &AcceleratorEntry::tdpWatts);

  // Long work leaves the interpreter to others.
  const auto free = py::call_guard<py::gil_scoped_release>();
  m.def("estimate", &estimate, py::arg("scenario"), free);
  m.def("estimate_all", &estimateAll, py::arg("scenarios"), free);
  m.def("limits", &limits, py::arg("scenario"), free);
  m.def("explain", &explain, py::arg("scenario"), py::arg("depth") = 1000, free);
  m.def(
      "report",
      [](const Scenario& s, const std::string& format, const std::string& unit) {
        return orRaise(report(s, format, unit));
      },
      py::arg("scenario"), py::arg("format") = "table", py::arg("unit") = "gib");
  m.def(
      "compare",
      [](const std::vector<Scenario>& s, const std::vector<std::string>& labels, const std::string& format,
         const std::string& unit) { return orRaise(compare(s, labels, format, unit)); },
      py::arg("scenarios"), py::arg("labels"), py::arg("format") = "table", py::arg("unit") = "gib");
  m.def("models", &models);
  m.def("accelerators", &accelerators);
  m.def("accelerator", &accelerator, py::arg("name"));
}
