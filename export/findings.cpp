// SPDX-License-Identifier: Apache-2.0
#include "export/findings.h"

#include <utility>

namespace exporters
{

std::string toText(const Finding &finding)
{
    std::string text = finding.file;
    for (const std::string *part : {&finding.place, &finding.sentence}) {
        if (!text.empty() && !part->empty())
            text += ": ";
        text += *part;
    }
    return text;
}

void Findings::add(Finding finding)
{
    ++(finding.severity == Severity::Error ? m_errors : m_warnings);
    if (m_told.size() < mostTold)
        m_told.push_back(std::move(finding));
}

void Findings::append(const Findings &others)
{
    m_errors += others.m_errors;
    m_warnings += others.m_warnings;
    for (const Finding &finding : others.m_told) {
        if (m_told.size() == mostTold)
            break;
        m_told.push_back(finding);
    }
}

} // namespace exporters
