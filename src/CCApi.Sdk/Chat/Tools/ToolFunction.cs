using System;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using CCApi.Sdk.Models;

namespace CCApi.Sdk;

/// <summary>A tool: what the model is told of it, and how it is run.</summary>
/// <param name="Definition">What the model is told.</param>
/// <param name="Bind">Reads arguments; what it returns runs the tool with them. Null with the problem when they do not fit.</param>
internal sealed record ToolFunction(ChatTool Definition, ToolBinder Bind);

/// <summary>Reads the arguments of a call.</summary>
/// <param name="arguments">An object.</param>
/// <param name="problem">Why they do not fit; null when they do.</param>
internal delegate Func<CancellationToken, Task<string>>? ToolBinder(JsonElement arguments, out string? problem);
