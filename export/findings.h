// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace exporters
{

enum class Severity {
    Error,   ///< broken: the entry was left out
    Warning, ///< readable, but other programs read it wrong or reject it
};

/// One thing that is wrong in an annotation file, as people and programs want to know it.
struct Finding {
    Severity severity = Severity::Error;
    std::string rule;     ///< stable and short, for programs: "rle-size"
    std::string file;     ///< path as it was given or found
    std::string place;    ///< "annotations[3] (id 7)", "line 12"; empty: the file as a whole
    std::string sentence; ///< what is wrong and what was done, without file and place
};

/// "t.json: annotations[3] (id 7): the mask has no pixels."
std::string toText(const Finding &finding);

/// Findings in their order, bounded: a file of a million broken entries tells the first thousand
/// and counts the rest.
class Findings
{
public:
    static constexpr std::size_t mostTold = 1000;

    void add(Finding finding);
    void append(const Findings &others);

    const std::vector<Finding> &told() const { return m_told; }
    std::size_t errors() const { return m_errors; }
    std::size_t warnings() const { return m_warnings; }
    bool isEmpty() const { return m_errors + m_warnings == 0; }

private:
    std::vector<Finding> m_told;
    std::size_t m_errors = 0;
    std::size_t m_warnings = 0;
};

/// A place in a file at which something may be found wrong.
class FindingPlace
{
public:
    FindingPlace(Findings &findings, std::string file, std::string place)
        : m_findings(findings), m_file(std::move(file)), m_place(std::move(place))
    {
    }
    void error(std::string rule, std::string sentence) const
    {
        m_findings.add({Severity::Error, std::move(rule), m_file, m_place, std::move(sentence)});
    }
    void warning(std::string rule, std::string sentence) const
    {
        m_findings.add({Severity::Warning, std::move(rule), m_file, m_place, std::move(sentence)});
    }

private:
    Findings &m_findings;
    std::string m_file;
    std::string m_place;
};

} // namespace exporters
