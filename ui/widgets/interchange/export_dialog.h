// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/widgets/fitted_dialog.h"
#include "ui/widgets/interchange/export_choice.h"

class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;

namespace ui
{

class ExportOptionsForm;

/// Which format, what of it, and where to; with what will be written. Changes nothing by itself:
/// who opened it takes choice() when it was accepted.
class ExportDialog : public FittedDialog
{
    Q_OBJECT

public:
    /// `remembered`: the last choice; without a target one is proposed.
    ExportDialog(const ExportChoice &remembered, const ExportCounts &counts,
                 const QString &imageRoot, QWidget *parent);

    ExportChoice choice() const;

private:
    QFormLayout *formatForm(QWidget *part);
    QFormLayout *targetForm(QWidget *part);
    void useFormat();
    void chooseTarget();
    void updatePreview();
    const exporters::Format &format() const;
    QString target() const; ///< whole; what is relative lies beside the pictures

    QString m_imageRoot;
    QString m_lastTarget; ///< of this project; empty: none yet
    ExportCounts m_counts;
    bool m_isTargetChosen; ///< by the user: another format keeps its folder
    QComboBox *m_formats;
    QLabel *m_about;
    ExportOptionsForm *m_options;
    QLabel *m_targetLabel;
    QLineEdit *m_target;
    QLabel *m_preview;
    QPushButton *m_export;
};

} // namespace ui
