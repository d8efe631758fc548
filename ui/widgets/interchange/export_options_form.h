// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "export/format.h"

#include <QWidget>

class QComboBox;
class QDoubleSpinBox;
class QFormLayout;

namespace ui
{

/// The options of an export, those that concern the format, each with what it means.
class ExportOptionsForm : public QWidget
{
    Q_OBJECT

public:
    explicit ExportOptionsForm(const exporters::WriteOptions &options, QWidget *parent = nullptr);

    QFormLayout *form() const { return m_form; }
    void setFormat(const exporters::Format &format);
    bool isEmpty() const; ///< the format has no options
    /// All of them: what does not concern the format is as it was.
    exporters::WriteOptions options() const;

Q_SIGNALS:
    void changed();

private:
    QComboBox *addChoice(const char *name, const QString &label, const QStringList &texts,
                         int current);
    void updateVisible();

    exporters::WriteOptions m_options;
    const exporters::Format *m_format = nullptr;
    QFormLayout *m_form;
    QComboBox *m_segmentation;
    QComboBox *m_shapes;
    QComboBox *m_parts;
    QComboBox *m_overlap;
    QDoubleSpinBox *m_simplify;
    QComboBox *m_pictures;
};

} // namespace ui
