from typing import Optional

__version__: str

class HeadroomError(ValueError):
    code: str
    where: str

class Scenario:
    @staticmethod
    def read(json: str, folder: str = "") -> Scenario: ...
    @staticmethod
    def read_file(path: str) -> Scenario: ...
    @staticmethod
    def recognise(text: str, folder: str = "", model: str = "") -> Scenario: ...
    def _with(self, key: str, json: str) -> Scenario: ...
    def write(self) -> str: ...
    @property
    def model_id(self) -> str: ...
    @property
    def notes(self) -> list[str]: ...

class Component:
    id: str
    label: str
    bytes: int
    low: int
    high: int

class Rank:
    label: str
    stage: int
    devices: int
    accelerator: str
    components: list[Component]
    total: int
    low: int
    high: int
    usable: Optional[int]
    peak_moment: str

class Diagnostic:
    code: str
    severity: str
    message: str
    key: str

class Estimate:
    verdict: str
    sentence: str
    ranks: list[Rank]
    host: list[Component]
    unmodelled: list[str]
    refused: list[str]
    diagnostics: list[Diagnostic]
    parameters: int
    active_parameters: int
    trainable_parameters: int
    weight_bytes: int
    kv_bytes_per_token: float
    pool_tokens: Optional[int]
    pool_concurrency: Optional[float]

class Limits:
    batch: Optional[int]
    context: Optional[int]
    rank: Optional[int]
    sequences: Optional[int]

class ModelEntry:
    id: str
    label: str
    family: str
    parameters: int
    source: str

class AcceleratorEntry:
    id: str
    name: str
    vendor: str
    year: int
    capacity_bytes: int
    assumed: bool
    bandwidth_gbs: Optional[float]
    tdp_watts: Optional[float]

def estimate(scenario: Scenario) -> Estimate: ...
def estimate_all(scenarios: list[Scenario]) -> list[Estimate]: ...
def limits(scenario: Scenario) -> Limits: ...
def explain(scenario: Scenario, depth: int = 1000) -> str: ...
def report(scenario: Scenario, format: str = "table", unit: str = "gib") -> str: ...
def compare(scenarios: list[Scenario], labels: list[str], format: str = "table", unit: str = "gib") -> str: ...
def models() -> list[ModelEntry]: ...
def accelerators() -> list[AcceleratorEntry]: ...
def accelerator(name: str) -> Optional[AcceleratorEntry]: ...
