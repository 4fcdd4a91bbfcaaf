using System.Text.Json.Serialization;

namespace CCApi.Sdk.Orleans.ClusterTests.Support;

[JsonSerializable(typeof(int))]
internal sealed partial class SampleJson : JsonSerializerContext;
