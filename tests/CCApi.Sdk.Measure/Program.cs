using System;
using System.Globalization;
using System.Linq;
using CCApi.Sdk.Measure;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var projects = args.Length > 0 ? args : ["src/CCApi.Sdk", "src/CCApi.Emulator"];
foreach (var path in projects)
{
    var project = SourceProject.Load(path);
    var density = Density.Of(project.Trees);
    Console.WriteLine($"## {path}");
    Console.WriteLine($"files {density.Files}, lines {density.Lines}; lines of a file: median {density.Median}, p90 {density.Percentile90}, longest {density.Longest}");
    Console.WriteLine($"lines over 110 columns {density.Over110}, over 140 {density.Over140}");
    Console.WriteLine($"ternaries {density.TernariesPerThousand:0.0} per 1,000 lines; lines with compound conditions {density.CompoundsPerThousand:0.0}; blank lines in bodies {density.BlankShare:0.0} %");

    var dependencies = Dependencies.BetweenFolders(project);
    var pairs = Dependencies.MutualPairs(dependencies);
    Console.WriteLine($"folder pairs that know each other: {pairs.Count}{string.Concat(pairs.Select(pair => $"\n  {pair.First} <-> {pair.Second}"))}");
    foreach (var knot in Dependencies.Knots(dependencies))
    {
        Console.WriteLine($"knot of {knot.Count}: {string.Join(", ", knot)}");
    }

    var busiest = Dependencies.Collaborators(project)
        .OrderByDescending(pair => pair.Value.Count).ThenBy(pair => pair.Key, StringComparer.Ordinal).Take(10).ToArray();
    Console.WriteLine("most collaborators: " + string.Join(", ", busiest.Select(pair => $"{pair.Key} {pair.Value.Count}")));

    var words = Words.In(path);
    Console.WriteLine($"words that the glossary replaces: {words.Count}");
    Console.WriteLine("  " + string.Join(", ", Words.Count(words).Select(pair => $"{pair.Word} {pair.Count}")));
    if (Environment.GetEnvironmentVariable("MEASURE_VERBOSE") is not null)
    {
        Console.WriteLine(string.Join('\n', busiest.Select(pair => $"{pair.Key}: {string.Join(", ", pair.Value.Order(StringComparer.Ordinal))}")));
        Console.WriteLine(string.Join('\n', density.CompoundPlaces.Select(place => "compound condition: " + place)));
        Console.WriteLine(string.Join('\n', dependencies.OrderBy(dependency => dependency.From, StringComparer.Ordinal).ThenBy(dependency => dependency.To, StringComparer.Ordinal)));
        Console.WriteLine(string.Join('\n', words));
    }
}
