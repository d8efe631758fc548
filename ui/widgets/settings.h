// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/mask/clean_up.h"
#include "ui/widgets/theme/theme.h"

#include <QByteArray>
#include <QString>
#include <QVariantMap>

namespace ui
{

struct ExportChoice;
struct PreferenceValues;

/// What the program remembers between runs. The keys are written here and nowhere else.
namespace settings
{
ThemeChoice theme();
void setTheme(ThemeChoice choice);
QByteArray windowGeometry();
QByteArray windowState();
void setWindow(const QByteArray &geometry, const QByteArray &state);
QString lastFolder();
void setLastFolder(const QString &folder);
/// Which candidate is begun with, by category: see CandidateMemory.
QVariantMap candidateChoices();
void setCandidateChoices(const QVariantMap &choices);
/// Numbers of the tools, in picture pixels or levels of brightness.
enum class ToolNumber { PromptRadius, BrushDiameter, EraserDiameter, WandTolerance };
double toolNumber(ToolNumber number, double byDefault);
void setToolNumber(ToolNumber number, double value);
PreferenceValues preferences(); ///< what was never set is as it comes
void setPreferences(const PreferenceValues &values);
/// Format and options; the target is the project's own matter.
ExportChoice exportChoice();
void setExportChoice(const ExportChoice &choice);
core::CleanUpOptions cleanUp();
void setCleanUp(const core::CleanUpOptions &options);
} // namespace settings

} // namespace ui
