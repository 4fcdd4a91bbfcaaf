using System;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Contract;

/// <summary>What the contract must hold, by name. Each failure lists the offenders.</summary>
public class ContractTests
{
    private static readonly string[] _evidence = ["documented", "observed", "inferred"];

    [Fact]
    public void Schemas_OfTheService_Exist()
    {
        var missing = ServiceNames.Schemas.Except(ContractFile.Schemas.Select(s => s.Key));

        Assert.Equal(21, ServiceNames.Schemas.Count);
        Assert.Empty(missing);
    }

    [Fact]
    public void Responses_AreTheFiveOfTheService()
    {
        var responses = ContractFile.Responses.Select(r => r.Key);

        Assert.Equal(5, ServiceNames.Responses.Count);
        Assert.Equal(ServiceNames.Responses.Order(StringComparer.Ordinal), responses.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Operations_AreDescribedWithEvidence()
    {
        var offenders = ContractFile.Operations.Where(o => !IsDescribed(o.Value)).Select(o => o.Key);

        Assert.Empty(offenders);
    }

    [Fact]
    public void Parameters_AreDescribedWithEvidence()
    {
        var offenders = ContractFile.Operations
            .SelectMany(o => (o.Value["parameters"]?.AsArray() ?? []).Select(p => (Operation: o.Key, Parameter: p!.AsObject())))
            .Where(p => !IsDescribed(p.Parameter))
            .Select(p => $"{p.Operation} {p.Parameter["name"]}");

        Assert.Empty(offenders);
    }

    [Fact]
    public void Responses_AreDescribedWithEvidence()
    {
        var offenders = ContractFile.Responses.Where(r => !IsDescribed(r.Value!.AsObject())).Select(r => r.Key);

        Assert.Empty(offenders);
    }

    [Fact]
    public void Schemas_AreDescribedWithEvidence()
    {
        var offenders = ContractFile.Schemas.Where(s => !IsDescribed(s.Value!.AsObject())).Select(s => s.Key);

        Assert.Empty(offenders);
    }

    [Fact]
    public void Properties_AreDescribedWithEvidence()
    {
        var offenders = ContractFile.Properties.Where(p => !IsDescribed(p.Value)).Select(p => p.Key);

        Assert.Empty(offenders);
        Assert.Contains("ChatMessage.role", ContractFile.Properties.Select(p => p.Key));
    }

    [Fact]
    public void Evidence_Everywhere_IsAKnownWord()
    {
        var offenders = ContractFile.ValuesOf("x-evidence").Except(_evidence);

        Assert.Empty(offenders);
    }

    [Fact]
    public void ExternalValues_Exist()
    {
        var values = ContractFile.ValuesOf("externalValue").ToArray();

        var offenders = values.Where(value => !File.Exists(Path.Combine(Repository.OpenApi, value)));

        Assert.NotEmpty(values);
        Assert.Empty(offenders);
    }

    [Fact]
    public void Schemas_AllHaveAType()
    {
        var types = typeof(ChatMessage).Assembly.GetExportedTypes().Where(t => t.Namespace == "CCApi.Sdk.Models").Select(t => t.Name);

        var offenders = ContractFile.Schemas.Select(s => s.Key).Except(types);

        Assert.Empty(offenders);
    }

    private static bool IsDescribed(JsonObject item) =>
        !string.IsNullOrWhiteSpace(item["description"]?.GetValue<string>()) && _evidence.Contains(item["x-evidence"]?.GetValue<string>());
}
