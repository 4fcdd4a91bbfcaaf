using System;
using System.Collections.Generic;
using Xunit;

namespace CCApi.Sdk.Tests.Support;

/// <summary>The SDK's environment variables while a test runs: what it sets, and nothing of the machine's.</summary>
internal sealed class EnvironmentVariables : IDisposable
{
    private readonly Dictionary<string, string?> _before = [];

    public EnvironmentVariables()
    {
        Set(CCApiDefaults.ApiKeyVariable, null);
        Set(CCApiDefaults.BaseUrlVariable, null);
    }

    public void Set(string name, string? value)
    {
        if (!_before.ContainsKey(name))
        {
            _before[name] = Environment.GetEnvironmentVariable(name);
        }

        Environment.SetEnvironmentVariable(name, value);
    }

    public void Dispose()
    {
        foreach (var variable in _before)
        {
            Environment.SetEnvironmentVariable(variable.Key, variable.Value);
        }
    }
}

/// <summary>Tests that read or set environment variables, which are the whole program's. They run when no other test does.</summary>
[CollectionDefinition(nameof(EnvironmentTests), DisableParallelization = true)]
public sealed class EnvironmentTests;
