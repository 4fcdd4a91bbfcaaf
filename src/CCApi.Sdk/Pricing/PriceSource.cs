using System.Collections.Generic;
using System.Text.Json;

namespace CCApi.Sdk;

/// <summary>A place in a model's JSON where prices stand.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Element">Its JSON; where the prices are members of the model itself, the first of them.</param>
/// <param name="Members">Those members; null when the element holds everything.</param>
internal readonly record struct PriceSource(
    string Path, JsonElement Element, IReadOnlyList<KeyValuePair<string, JsonElement>>? Members = null);
