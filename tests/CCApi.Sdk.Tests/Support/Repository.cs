using System;
using System.IO;
using System.Linq;
using System.Reflection;

namespace CCApi.Sdk.Tests.Support;

/// <summary>Where things lie.</summary>
internal static class Repository
{
    /// <summary>The root of the working copy that the tests were built from.</summary>
    public static string Root { get; } = typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "RepositoryRoot").Value!;

    /// <summary>The copy of <c>openapi/</c> beside the tests.</summary>
    public static string OpenApi { get; } = Path.Combine(AppContext.BaseDirectory, "openapi");
}
