using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CCApi.Sdk.Measure;

/// <summary>How much stands on a line: what makes code slow to read.</summary>
/// <param name="Files">How many files there are.</param>
/// <param name="Lines">How many lines they have.</param>
/// <param name="Median">The median of the lines of a file.</param>
/// <param name="Percentile90">What nine of ten files stay below.</param>
/// <param name="Longest">The lines of the longest file.</param>
/// <param name="Over110">Lines of more than 110 columns.</param>
/// <param name="Over140">Lines of more than 140 columns.</param>
/// <param name="Ternaries">Conditional expressions.</param>
/// <param name="Compounds">Lines with two or more <c>&amp;&amp;</c> or <c>||</c>.</param>
/// <param name="BodyLines">Lines inside bodies.</param>
/// <param name="BlankBodyLines">Blank ones of these.</param>
internal sealed record Density(
    int Files, int Lines, int Median, int Percentile90, int Longest, int Over110, int Over140, int Ternaries, int Compounds, int BodyLines, int BlankBodyLines)
{
    /// <summary>The lines with compound conditions, as file and line.</summary>
    public IReadOnlyList<string> CompoundPlaces { get; init; } = [];

    public double TernariesPerThousand => 1000.0 * Ternaries / Lines;

    public double CompoundsPerThousand => 1000.0 * Compounds / Lines;

    public double BlankShare => 100.0 * BlankBodyLines / Math.Max(1, BodyLines);

    public static Density Of(IReadOnlyList<SyntaxTree> trees)
    {
        var texts = trees.Select(tree => tree.GetText().Lines.Select(line => line.ToString()).ToArray()).ToArray();
        var sizes = texts.Select(lines => lines.Length - 1).Order().ToArray();
        var bodies = trees.SelectMany(BodyLinesOf).ToArray();
        var compounds = trees.SelectMany(CompoundLines).ToArray();
        return new Density(
            trees.Count,
            sizes.Sum(),
            sizes[sizes.Length / 2],
            sizes[sizes.Length * 9 / 10],
            sizes[^1],
            texts.Sum(lines => lines.Count(line => line.Length > 110)),
            texts.Sum(lines => lines.Count(line => line.Length > 140)),
            trees.Sum(tree => tree.GetRoot().DescendantNodes().OfType<ConditionalExpressionSyntax>().Count()),
            compounds.Length,
            bodies.Length,
            bodies.Count(string.IsNullOrWhiteSpace))
        {
            CompoundPlaces = compounds,
        };
    }

    private static IEnumerable<string> CompoundLines(SyntaxTree tree) => tree.GetRoot().DescendantTokens()
        .Where(token => token.IsKind(SyntaxKind.AmpersandAmpersandToken) || token.IsKind(SyntaxKind.BarBarToken))
        .GroupBy(token => token.GetLocation().GetLineSpan().StartLinePosition.Line)
        .Where(line => line.Count() >= 2)
        .Select(line => $"{tree.FilePath}({line.Key + 1})");

    /// <summary>The lines between the braces of the outermost blocks.</summary>
    private static IEnumerable<string> BodyLinesOf(SyntaxTree tree)
    {
        var lines = tree.GetText().Lines;
        var blocks = tree.GetRoot().DescendantNodes(node => node is not BlockSyntax).OfType<BlockSyntax>();
        foreach (var block in blocks)
        {
            var span = tree.GetLineSpan(block.Span);
            for (var line = span.StartLinePosition.Line + 1; line < span.EndLinePosition.Line; line++)
            {
                yield return lines[line].ToString();
            }
        }
    }
}
